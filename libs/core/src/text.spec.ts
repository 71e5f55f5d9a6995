import { isolated } from './text.js';

const [RLO, FSI, PDI] = ['\u202e', '\u2068', '\u2069'];

it.each([
  ['plain text is as it was', '小明 Ming 12', '小明 Ming 12'],
  ['what turns the line around ends with it', `a${RLO}b`, `${FSI}a${RLO}b${PDI}`],
  ['letters that are read from the right, too', 'שלום', `${FSI}שלום${PDI}`],
  ['an end that nothing began goes, however many', `a${PDI}${PDI}${RLO}b`, `${FSI}a${RLO}b${PDI}`],
  ['what it begins and does not end is ended', `\u2066a\u2067b`, `${FSI}\u2066a\u2067b${PDI}${PDI}${PDI}`],
  ['what it begins and ends stays', `\u2066a${PDI}b`, `${FSI}\u2066a${PDI}b${PDI}`],
  ['the end of a paragraph does not let it out', `a\n${RLO}b`, `${FSI}a ${RLO}b${PDI}`],
])('amid other words %s', (_, text, shown) => {
  expect(isolated(text)).toBe(shown);
});
