import { Component, type ReactNode } from 'react';

interface Props {
  /** In place of a page that threw, or could not be fetched. */
  fallback: (error: unknown) => ReactNode;
  children: ReactNode;
}

/** What breaks below it is replaced; React asks for a class. */
export class ErrorBoundary extends Component<Props, { broken: { error: unknown } | null }> {
  override state = { broken: null };

  static getDerivedStateFromError(error: unknown): { broken: { error: unknown } } {
    return { broken: { error } };
  }

  override render(): ReactNode {
    const { broken } = this.state as { broken: { error: unknown } | null };
    return broken ? this.props.fallback(broken.error) : this.props.children;
  }
}
