// jsdom for the component tests, with what pages ask of a browser and jsdom has not.
import environment from '@jest/environment-jsdom-abstract';
import * as jsdom from 'jsdom';

/** Answers media queries by the window's width; everything else (dark, coarse pointer) does not hold. */
function matchMedia(query) {
  const least = /min-width:\s*([\d.]+)px/.exec(query);
  const most = /max-width:\s*([\d.]+)px/.exec(query);
  const matches =
    (least !== null || most !== null) &&
    this.innerWidth >= Number(least?.[1] ?? 0) &&
    this.innerWidth <= Number(most?.[1] ?? Infinity);
  return Object.assign(new this.EventTarget(), { matches, media: query });
}

/** Nothing has a size in jsdom, so nothing changes it. */
class ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

/** One way, which is all that libraries use it for; Node's own would keep the process from ending. */
function messageChannel(window) {
  return class MessageChannel {
    port1 = { onmessage: null };
    port2 = { postMessage: (data) => void window.setTimeout(() => this.port1.onmessage?.({ data })) };
  };
}

export default class extends environment {
  constructor(config, context) {
    super(config, context, jsdom);
    const { window } = this.dom;
    // Node's own, which the pages' client reads answers by.
    Object.assign(window, { Request, Response, TextDecoder, TextEncoder });
    Object.assign(window, { ResizeObserver, matchMedia: matchMedia.bind(window) });
    window.MessageChannel = messageChannel(window);
    // Nobody reaches the network: a test says what is answered.
    window.fetch = () => Promise.reject(new TypeError('a component test answers for itself'));
    window.scrollTo = () => undefined;
  }
}
