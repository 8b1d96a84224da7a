export type { PriceList, SessionPorts, SessionStore } from './ports.ts';
export { promptSession } from './use-cases/prompt-session.ts';
export { readTranscript, showSession } from './use-cases/read-transcript.ts';
export { recordJournal } from './use-cases/record-journal.ts';
export { recordJournals } from './use-cases/record-journals.ts';
