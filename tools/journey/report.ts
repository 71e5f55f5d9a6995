const TITLE_WIDTH = 30;

/** Prints the journey, one line a step. */
export class Report {
  private steps = 0;
  private readonly began = Date.now();

  chapter(title: string): void {
    process.stdout.write(`\n${title}\n`);
  }

  /** Does the step and prints what it came to. What it throws ends the journey. */
  async step<Result>(
    title: string,
    act: () => Promise<Result>,
    outcome: (result: Result) => string,
  ): Promise<Result> {
    try {
      const result = await act();
      this.steps += 1;
      process.stdout.write(`  ✓ ${title.padEnd(TITLE_WIDTH)}${outcome(result)}\n`);
      return result;
    } catch (error) {
      process.stdout.write(`  ✗ ${title}\n`);
      throw error;
    }
  }

  end(): void {
    process.stdout.write(
      `\n${this.steps} steps in ${((Date.now() - this.began) / 1000).toFixed(1)} s, all as they should be.\n`,
    );
  }
}

export function yuan(amount: number): string {
  return `${amount.toFixed(2)} yuan`;
}

/** Yuan as the API writes it, in fen: by its digits, not by arithmetic. */
export function fen(amount: number): number {
  return Number(amount.toFixed(2).replace('.', ''));
}
