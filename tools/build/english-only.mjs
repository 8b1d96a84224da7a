// Zod brings its messages in fifty languages, 430 KB of every program, and we show none but English.

/** Replaces Zod's list of languages by English alone. @type {import('esbuild').Plugin} */
export const englishOnly = {
  name: 'english-only',
  setup(build) {
    build.onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};
