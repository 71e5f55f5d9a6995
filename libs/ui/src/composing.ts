/** What a key says while an input method has it. */
const OF_AN_INPUT_METHOD = 229;

/** Nothing but `keyCode`, which is not what new code asks otherwise, tells it in Safari. */
interface KeyState {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

const KINDS = ['keydown', 'keypress', 'keyup'] as const;

/**
 * Whether the key belongs to an input method, such as Enter that takes a candidate of a Chinese one. Safari ends the composition before
 * it tells of that Enter, so that only its `keyCode` says so (https://bugs.webkit.org/show_bug.cgi?id=165004).
 */
function isComposing(key: KeyState): boolean {
  return key.isComposing || key.keyCode === OF_AN_INPUT_METHOD;
}

function keepToItself(event: KeyboardEvent): void {
  if (!isComposing(event)) return;
  event.stopImmediatePropagation();
  // Nor is a form sent by it. The candidate is in its field by now.
  if (event.key === 'Enter' && !event.isComposing) event.preventDefault();
}

/**
 * Keeps the keys of input methods from every handler of a page, the component kit's included: no handler has to think of them. Before
 * anything else listens.
 * @returns what ends it
 */
export function ignoreComposingKeys(): () => void {
  for (const kind of KINDS) window.addEventListener(kind, keepToItself, { capture: true });
  return () => {
    for (const kind of KINDS) window.removeEventListener(kind, keepToItself, { capture: true });
  };
}
