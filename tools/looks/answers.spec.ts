import { campDocument } from '@yajin/contract';
import { consoleDocument } from '@yajin/contract/console';
import { operations, responseChecker } from '@yajin/contract/testing';
import { answers } from './site.js';

it('what the pages are answered here is what the contract promises', () => {
  const documents = [consoleDocument, campDocument].map((document) => ({
    known: new Set(operations(document).map(({ method, path: at }) => `${method} ${at}`)),
    check: responseChecker(document),
  }));
  for (const [key, body] of Object.entries(answers)) {
    const [method = '', at = ''] = key.split(' ');
    const area = at.split('/').slice(0, 4).join('/');
    const [mine] = documents.filter(({ known }) =>
      [...known].some((each) => each.startsWith(`${method} ${area}`)),
    );
    mine!.check(method, at, 200, 'application/json', body);
  }
});
