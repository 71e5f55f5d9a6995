import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Tells whoever installs the system the password that nobody chose: on the terminal they started it from, or in a file that only
 * they can read. Never in the log, which is shipped and kept.
 * @returns how it was told, and what takes it back
 * @throws Error when there is neither: then a password must be chosen
 */
export async function tellFirstPassword(
  username: string,
  password: string,
  file: string,
): Promise<{ where: string; takeBack: () => Promise<void> }> {
  if (process.stdout.isTTY) {
    process.stdout.write(`\nThe first operator: ${username} / ${password} (shown this once)\n\n`);
    return { where: 'on this terminal', takeBack: async () => undefined };
  }
  const whole = path.resolve(file);
  try {
    await writeFile(whole, `${username} / ${password}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new Error(
      `The first operator's password cannot be kept in ${whole}: set ADMIN_PASSWORD, or FIRST_PASSWORD_PATH to a new file.`,
      { cause: error },
    );
  }
  return { where: `in ${whole}`, takeBack: () => rm(whole, { force: true }) };
}
