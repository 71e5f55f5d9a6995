/** Green only once migrations and, in the demo, the sample data are done; red again while draining. */
export class Readiness {
  private state: 'starting' | 'ready' | 'stopping' = 'starting';

  get ready(): boolean {
    return this.state === 'ready';
  }

  get stopping(): boolean {
    return this.state === 'stopping';
  }

  becomeReady(): void {
    if (this.state === 'starting') this.state = 'ready';
  }

  stop(): void {
    this.state = 'stopping';
  }
}
