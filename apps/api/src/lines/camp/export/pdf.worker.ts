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

/** An emoji of several characters is one thing that is missing. */
function drawable(text: string): string {
  if (known(text)) return text;
  return Array.from(graphemes.segment(text), ({ segment }) => (known(segment) ? segment : MISSING)).join('');
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
