import { create } from 'zustand';
import { readSetting, writeSetting } from '../../ui/local-setting.ts';

/** A file that was looked at, by its path, with a mark of what it was like then. */
export type Viewed = Readonly<Record<string, string>>;

const useAll = create<{ readonly tasks: ReadonlyMap<string, Viewed> }>(() => ({ tasks: new Map() }));

const stored = new Map<string, Viewed>();

/** The files of a task this person has looked at; this browser remembers them. */
export function useViewed(taskId: string): Viewed {
  return useAll((state) => state.tasks.get(taskId)) ?? readStored(taskId);
}

/** Marks a file as looked at, as it is now, or takes the mark away with null. */
export function markViewed(taskId: string, path: string, mark: string | null): void {
  const { [path]: _, ...others } = useAll.getState().tasks.get(taskId) ?? readStored(taskId);
  const viewed = mark === null ? others : { ...others, [path]: mark };
  writeSetting(keyOf(taskId), JSON.stringify(viewed));
  useAll.setState(({ tasks }) => ({ tasks: new Map(tasks).set(taskId, viewed) }));
}

/** A short mark of a text: another text has another one, but for one in four thousand million. */
export function markOf(text: string): string {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  return (hash >>> 0).toString(36);
}

function readStored(taskId: string): Viewed {
  const known = stored.get(taskId);
  if (known) return known;
  const viewed = parse(readSetting(keyOf(taskId), '{}'));
  stored.set(taskId, viewed);
  return viewed;
}

function parse(text: string): Viewed {
  try {
    return JSON.parse(text) as Viewed;
  } catch {
    return {};
  }
}

const keyOf = (taskId: string) => `viewed.${taskId}`;
