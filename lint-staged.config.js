/** What the hook pre-commit does to the files that a commit takes. */
export default {
  '*.{ts,tsx,js,mjs,cjs}': ['eslint --fix --max-warnings=0 --no-warn-ignored', 'prettier --write'],
  '*.{json,md,yml,yaml,css,html}': ['prettier --write'],
};
