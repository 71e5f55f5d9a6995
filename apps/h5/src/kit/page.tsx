import { useEffect, useRef, type ReactNode } from 'react';
import { Link, NavigationType, useNavigationType } from 'react-router';

interface PageProps {
  title: string;
  /** Where the arrow leads; none on a page where people begin. */
  back?: string;
  /** Stays at the bottom of the screen, within reach of a thumb. */
  foot?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: its name, its content, and what one can do. */
export function Page({ title, back, foot, children }: PageProps): ReactNode {
  const name = useRef<HTMLHeadingElement>(null);
  const came = useNavigationType();
  useEffect(() => {
    // A link leads to the top of a page, and a screen reader to its name; going back leads where one was.
    if (came !== NavigationType.Push) return;
    window.scrollTo(0, 0);
    name.current?.focus({ preventScroll: true });
  }, [came]);
  return (
    <div className="page">
      <title>{title}</title>
      <header className="bar">
        {back === undefined ? (
          <span className="bar-side" />
        ) : (
          <Link className="bar-side bar-back" to={back} aria-label="返回">
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
              <path
                d="M15 5l-7 7 7 7"
                fill="none"
                stroke="currentColor"
                strokeWidth="2"
                strokeLinecap="round"
              />
            </svg>
          </Link>
        )}
        <h1 ref={name} tabIndex={-1}>
          {title}
        </h1>
        <span className="bar-side" />
      </header>
      <main>{children}</main>
      {foot != null && <div className="foot">{foot}</div>}
    </div>
  );
}

export function Card({ title, children }: { title?: string; children: ReactNode }): ReactNode {
  return (
    <section className="card">
      {title !== undefined && <h2>{title}</h2>}
      {children}
    </section>
  );
}

/** A link that looks like a button. */
export function LinkButton({
  to,
  plain = false,
  children,
}: {
  to: string;
  plain?: boolean;
  children: ReactNode;
}): ReactNode {
  return (
    <Link className={plain ? 'button plain' : 'button'} to={to}>
      {children}
    </Link>
  );
}

export type Mood = 'good' | 'wait' | 'calm';

/** One thing that has happened, in large. */
export function Result({
  mood,
  title,
  children,
}: {
  mood: Mood;
  title: string;
  children?: ReactNode;
}): ReactNode {
  return (
    <section className="result" role="status">
      <Sign mood={mood} />
      <h2>{title}</h2>
      {children}
    </section>
  );
}

const SIGNS: Record<Mood, string> = {
  good: 'M7 12.5l3.5 3.5L17 9',
  wait: 'M12 7v5.5l3.5 2',
  calm: 'M12 11v6M12 7.2v.1',
};

function Sign({ mood }: { mood: Mood }): ReactNode {
  return (
    <svg className={`sign ${mood}`} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="11" />
      <path d={SIGNS[mood]} />
    </svg>
  );
}

/** Names and values under each other. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }): ReactNode {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
