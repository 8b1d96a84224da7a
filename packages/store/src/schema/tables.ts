import type { Attachment } from '@quarterdeck/contract/attachment';
import type { ProfileSettings } from '@quarterdeck/contract/fleet';
import type { Project } from '@quarterdeck/contract/project';
import type { Proposal } from '@quarterdeck/contract/proposal';
import type { SavedView } from '@quarterdeck/contract/saved-view';
import type { Comment, Link, Task } from '@quarterdeck/contract/task';
import type { SavedReply } from '@quarterdeck/core/events';
import type { RunnerRecord } from '@quarterdeck/core/fleet';
import type { Credential, Person } from '@quarterdeck/core/identity';
import type { RunRecord, SessionRecord } from '@quarterdeck/core/runs';
import type { PermissionRule } from '@quarterdeck/core/supervision';
import type { Generated } from 'kysely';

/** A record as a row: named fields are kept as JSON text, others as 0 or 1. Columns bear the names of the contract's fields. */
type Row<Record, Json extends keyof Record = never, Flag extends keyof Record = never> = {
  [K in keyof Record]: K extends Json
    ? Record[K] extends infer V
      ? null extends V
        ? string | null
        : string
      : never
    : K extends Flag
      ? number
      : Record[K];
};

export interface Tables {
  projects: Row<Project, 'budget'>;
  tasks: Row<Task, 'landing' | 'labels' | 'verdict', 'isHeld'>;
  links: Link & { createdAt: number };
  comments: Omit<Comment, 'id'> & { id: Generated<number> };
  /** `costMicros` repeats what `usage` says, so that it can be summed. */
  runs: Row<RunRecord, 'usage' | 'progress' | 'diffStat' | 'unkept' | 'notes'> & {
    costMicros: number | null;
  };
  sessions: SessionRecord;
  items: { sessionId: string; ordinal: number; itemId: string; rev: number; item: string };
  proposals: Row<Proposal, 'detail' | 'choice'>;
  rules: Row<PermissionRule, 'pattern'>;
  runners: Row<RunnerRecord, 'agents' | 'memory', 'isConnected'>;
  commands: {
    position: Generated<number>;
    commandId: string;
    runId: string;
    runnerId: string;
    command: string;
    createdAt: number;
  };
  attachments: Attachment;
  profileSettings: Row<ProfileSettings, 'budget', 'isPaused'>;
  offers: { profile: string; offers: string; at: number };
  views: SavedView;
  people: Person;
  credentials: Credential;
  replies: SavedReply & { scope: string; key: string; createdAt: number };
  events: {
    seq: number;
    at: number;
    kind: string;
    actor: string;
    taskId: string | null;
    projectId: string | null;
    runId: string | null;
    payload: string;
  };
}
