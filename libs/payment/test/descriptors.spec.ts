import fs from 'node:fs';
import path from 'node:path';
import { createSandbox, type Sandbox } from '@yajin/sandbox';
import { GATEWAYS } from '../src/index.js';
import type { EnvironmentReader } from '../src/index.js';
import { GATEWAYS as IN_SUITE } from './gateways.kit.js';

const FOLDER = path.join(import.meta.dirname, '../src/gateways');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
});
afterAll(() => sandbox.close());

/** Reads what the sandbox says of itself; nothing may be missing. */
function reader(): EnvironmentReader {
  const said = sandbox.settings as Record<string, string | undefined>;
  const required = (name: string): string => {
    const value = said[name];
    if (!value) throw new Error(`${name} is missing`);
    return value;
  };
  return {
    optional: (name) => said[name] || null,
    text: (name, fallback) => said[name] || fallback,
    required,
    url: (name, fallback) => (fallback === undefined ? required(name) : said[name] || fallback),
    optionalUrl: (name) => said[name] || null,
    secret: required,
    optionalSecret: (name) => said[name] || null,
    whole: (name, fallback) => Number(said[name] || fallback),
    oneOf: (name, values, fallback) => values.find((value) => value === said[name]) ?? fallback,
    parsed: (name, parse) => parse(required(name)),
    problem: (text) => {
      throw new Error(text);
    },
  };
}

it('every folder of a gateway has its entry in the list, and a name of its own', () => {
  const folders = fs.readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(GATEWAYS.map(({ name }) => (name === 'test' ? 'test-pay' : name)).sort()).toEqual(
    folders.map(({ name }) => name).sort(),
  );
});

it('every gateway that takes money goes through the conformance suite', () => {
  expect(IN_SUITE).toEqual(
    expect.arrayContaining(GATEWAYS.filter(({ pretends }) => !pretends).map(({ name }) => name)),
  );
});

it.each(GATEWAYS.map((descriptor) => [descriptor.name, descriptor] as const))(
  'the descriptor of %s says what its adapter is',
  (name, { scenes, numberLength, can, read }) => {
    const configured = read(reader(), 'https://camp.example.com');
    const adapter = configured?.open({ production: false });
    expect(adapter).toMatchObject({ name, scenes, numberLength });
    expect(can.toSorted()).toEqual(
      [
        ...(adapter?.redirectRefund ? ['abnormal'] : []),
        ...(adapter?.downloadBill ? ['bill'] : []),
        ...(adapter?.downloadStatement ? ['statement'] : []),
        ...(adapter?.transfers ? ['transfer'] : []),
      ].toSorted(),
    );
    for (const address of configured?.addresses ?? []) expect(URL.canParse(address)).toBe(true);
  },
);
