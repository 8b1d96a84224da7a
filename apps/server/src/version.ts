import manifest from '../../../package.json' with { type: 'json' };

/** The version of the program, from the root manifest. */
export const VERSION: string = manifest.version;
