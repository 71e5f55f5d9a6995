import { createParser } from 'eventsource-parser';

/** The `data` of each event of a stream, as JSON, until the stream ends. */
export async function* events<Data>(response: Response): AsyncGenerator<Data> {
  const arrived: Data[] = [];
  const parser = createParser({ onEvent: ({ data }) => arrived.push(JSON.parse(data) as Data) });
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      parser.feed(decoder.decode(part.value, { stream: true }));
      yield* arrived.splice(0);
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}
