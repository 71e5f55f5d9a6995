import { outline } from './outline.js';

it.each([
  ['{}', { depth: 1, keys: 0, commas: 0 }],
  ['[1,2,[3]]', { depth: 2, keys: 0, commas: 2 }],
  ['{"a":{"b":[{"c":1}]}}', { depth: 4, keys: 3, commas: 0 }],
  ['{"a,:{[\\"":"{[:\\\\"}', { depth: 1, keys: 1, commas: 0 }],
  ['"', { depth: 0, keys: 0, commas: 0 }],
  ['[[[[', { depth: 4, keys: 0, commas: 0 }],
])('%s nests and names as it says, whatever stands in its texts', (json, expected) => {
  expect(outline(json)).toEqual(expected);
});
