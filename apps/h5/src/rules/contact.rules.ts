/** What somebody pastes of a contact such as `助教微信：yajin-help`: what follows its name. */
export function copied(contact: string): string {
  const after = /^[^：:]{1,20}(?:：|:\s)\s*(?<value>\S.*)$/.exec(contact)?.groups?.['value'];
  return (after ?? contact).trim();
}
