/** Whether a sentence, ours or the API's, sends its reader to the coaches. */
export function asksCoaches(text: string): boolean {
  return text.includes('联系助教');
}

/** What somebody pastes of a contact such as `助教微信：yajin-help`: what follows its name. */
export function copied(contact: string): string {
  const after = /^[^：:]{1,20}(?:：|:\s)\s*(?<value>\S.*)$/.exec(contact)?.groups?.['value'];
  return (after ?? contact).trim();
}
