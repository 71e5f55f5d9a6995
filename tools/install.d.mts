export function installed(root: string): boolean;
export function exclusively(
  file: string,
  work: (note: (pid: number) => void) => Promise<void>,
): Promise<void>;
