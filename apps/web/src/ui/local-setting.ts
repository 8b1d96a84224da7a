/** A setting of this browser; the fallback when there is none or storage is closed to us. */
export function readSetting(key: string, fallback: string): string {
  try {
    return globalThis.localStorage?.getItem(`quarterdeck.${key}`) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Keeps a setting in this browser; without storage it lasts as long as the page. */
export function writeSetting(key: string, value: string): void {
  try {
    globalThis.localStorage?.setItem(`quarterdeck.${key}`, value);
  } catch (failure) {
    console.warn('This browser does not keep settings.', failure);
  }
}
