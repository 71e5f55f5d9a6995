/** Numbers that follow from a seed alone (sfc32), so that a story can be told again. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** @param name which of the seed's streams: they know nothing of each other */
  constructor(seed: number, name: string) {
    this.a = 0x9e3779b9 ^ seed;
    this.b = hash(name);
    this.c = hash(`${name}:${seed}`);
    for (let round = 0; round < 15; round += 1) this.next();
  }

  /** 0 … below 1. */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(of: number): boolean {
    return this.next() < of;
  }

  pick<Value>(values: readonly Value[]): Value {
    const value = values[this.whole(0, values.length - 1)];
    if (value === undefined) throw new Error('there is nothing to pick from');
    return value;
  }

  uuid(): string {
    const digits = Array.from({ length: 30 }, () => this.whole(0, 15).toString(16)).join('');
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-a${digits.slice(15, 18)}-${digits.slice(18)}`;
  }
}

function hash(text: string): number {
  let value = 2166136261;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  return value | 0;
}
