/**
 * Lays out one document, so that the seconds this takes are not taken from the requests that the main thread serves. It is
 * given a plain document definition and answers with the file.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import * as fontkit from 'fontkit';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

const FONT = path.join(
  path.dirname(fileURLToPath(import.meta.resolve('@embedpdf/fonts-sc'))),
  '../fonts/NotoSansHans-Regular.otf',
);
/** Drawn for whatever the font has no picture of. */
const MISSING = '□';

const font = fontkit.openSync(FONT) as fontkit.Font;
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

function known(text: string): boolean {
  return [...text].every((char) => char === '\n' || font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0));
}

/** What shows nothing by itself: directions, joiners, variation selectors; no font has a picture of it. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

/** As a reader would see it, as far as the font goes: composed, in plainer letters where those are all it has, the letter without its marks. */
function drawable(text: string): string {
  const composed = text.normalize('NFC').replace(IGNORABLE, '');
  if (known(composed)) return composed;
  // An emoji of several characters is one thing that is missing: they are told apart while their joiners are there.
  return Array.from(graphemes.segment(text), ({ segment }) => {
    const shown = segment.replace(IGNORABLE, '');
    const forms = [
      shown.normalize('NFC'),
      shown.normalize('NFKC'),
      shown.normalize('NFKD').replace(/\p{M}/gu, ''),
    ];
    return forms.find((form) => known(form) && (form !== '' || shown === '')) ?? MISSING;
  }).join('');
}

/** The same document with every text drawable; what is no text for people is ASCII and stays as it is. */
function withDrawableText(value: unknown): unknown {
  if (typeof value === 'string') return drawable(value);
  if (Array.isArray(value)) return value.map(withDrawableText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withDrawableText(item)]));
}

const names = { normal: FONT, bold: FONT, italics: FONT, bolditalics: FONT };
pdfmake.setFonts({ sc: names });
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((file) => file === FONT);
const document = withDrawableText(workerData) as TDocumentDefinitions;
const file = await pdfmake
  .createPdf({
    ...document,
    defaultStyle: { font: 'sc', fontSize: 9, ...document.defaultStyle },
    footer: (page, pages) => ({ text: `${page} / ${pages}`, alignment: 'center', fontSize: 8 }),
  })
  .getBuffer();
parentPort?.postMessage(file);
