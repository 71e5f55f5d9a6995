import { Secrets } from './secrets.js';

const secrets = new Secrets('m'.repeat(32));

describe('secrets at rest', () => {
  it('come back as they were, and never read the same twice', () => {
    const [first, second] = [
      secrets.encrypt('cookie=值', 'setting:a'),
      secrets.encrypt('cookie=值', 'setting:a'),
    ];
    expect(first).not.toBe(second);
    expect(first).not.toContain('cookie');
    expect(secrets.decrypt(first, 'setting:a')).toBe('cookie=值');
  });

  it('do not open elsewhere, with another key, or when changed', () => {
    const sealed = secrets.encrypt('x', 'setting:a');
    expect(() => secrets.decrypt(sealed, 'setting:b')).toThrow();
    expect(() => new Secrets('n'.repeat(32)).decrypt(sealed, 'setting:a')).toThrow();
    expect(() => secrets.decrypt(`${sealed.slice(0, -2)}AA`, 'setting:a')).toThrow();
  });

  it('signatures are for one purpose', () => {
    const signature = secrets.sign('link', '1:2');
    expect(secrets.verifies('link', '1:2', signature)).toBe(true);
    expect(secrets.verifies('other', '1:2', signature)).toBe(false);
    expect(secrets.verifies('link', '1:3', signature)).toBe(false);
  });
});
