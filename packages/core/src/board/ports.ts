import type { Attachment } from '@quarterdeck/contract/attachment';
import type { BoardStats } from '@quarterdeck/contract/board';
import type { AttachmentId, ProjectId, TaskId } from '@quarterdeck/contract/ids';
import type { Project } from '@quarterdeck/contract/project';
import type { Result } from '@quarterdeck/contract/result';
import type { UploadBody } from '@quarterdeck/contract/routes/route';
import type { SavedView } from '@quarterdeck/contract/saved-view';
import type { Comment, Link, Task } from '@quarterdeck/contract/task';
import type { Clock, Database, EventLog, Ids } from '../events/index.ts';
import type { CommandOutbox, RunStore } from '../runs/index.ts';

export interface TaskFilter {
  readonly tenant?: string;
  readonly projectId?: string;
  readonly includeArchived: boolean;
}

export interface TaskStore {
  /** Inserts, or returns the task that already has this idempotency key in its project. */
  insert(task: Task): Promise<{ readonly task: Task; readonly isNew: boolean }>;
  find(taskId: TaskId): Promise<Task | null>;
  findMany(taskIds: readonly string[]): Promise<Task[]>;
  save(task: Task): Promise<void>;
  saveMany(tasks: readonly Task[]): Promise<void>;
  /** Ordered by priority (high first), then age (old first). */
  list(filter: TaskFilter): Promise<Task[]>;
  tenants(): Promise<string[]>;
  assignees(): Promise<string[]>;
  stats(): Promise<Omit<BoardStats, 'now' | 'oldestReadyAgeSeconds'> & { oldestReadyAt: number | null }>;
  /**
   * Ready tasks without a live run whose back-off is over, in dispatch order, for these profiles and outside these projects.
   * The rows are locked against other claimers until the transaction ends; rows others hold are passed over.
   */
  takeReady(filter: ReadyFilter): Promise<Task[]>;
  /** All ready tasks in dispatch order, for explaining. */
  ready(limit: number): Promise<Task[]>;
  /**
   * Tasks in review that wait for one of these reviewers: nothing was said of the work yet, no person is wanted, no run lives, the
   * back-off is over. In dispatch order, locked like those of `takeReady`.
   */
  takeReviews(filter: ReviewFilter): Promise<Task[]>;
  /** All tasks in review with a reviewer who has said nothing yet, in dispatch order, for explaining. */
  toReview(limit: number): Promise<Task[]>;
  /** Tasks with a budget of their own that are not done or archived, oldest first. */
  withBudget(): Promise<Task[]>;
  /** Scheduled tasks whose time has come. */
  dueScheduled(now: number): Promise<Task[]>;
  /** The earliest start or end of back-off still in the future. */
  nextDueAt(now: number): Promise<number | null>;
}

export interface ReadyFilter {
  readonly assignees: readonly string[];
  readonly exceptProjects: readonly string[];
  /** Profiles that must not run in a project. */
  readonly exceptPairs: readonly { readonly projectId: string; readonly assignee: string }[];
  /** Tasks that are given away already, though not yet saved. */
  readonly exceptTasks: readonly TaskId[];
  readonly now: number;
  readonly limit: number;
}

export interface ReviewFilter extends Omit<ReadyFilter, 'assignees' | 'exceptPairs'> {
  readonly reviewers: readonly string[];
}

export interface LinkStore {
  /** Keeps other transactions from adding links until this one ends, so that two of them cannot close a cycle together. */
  lock(): Promise<void>;
  /** False when the link was there already. */
  insert(link: Link, at: number): Promise<boolean>;
  /** False when there was none. */
  remove(link: Link): Promise<boolean>;
  parentsOf(taskId: TaskId): Promise<TaskId[]>;
  /** Links to these tasks from their parents, by parent. */
  linksTo(taskIds: readonly TaskId[]): Promise<Link[]>;
  childrenOf(taskIds: readonly TaskId[]): Promise<Link[]>;
  all(): Promise<Link[]>;
  /** Parents that are neither done nor archived. */
  openParentsOf(taskId: TaskId): Promise<TaskId[]>;
}

export interface CommentStore {
  insert(comment: Omit<Comment, 'id'>): Promise<Comment>;
  ofTask(taskId: TaskId): Promise<Comment[]>;
  /** The comments of many tasks together, oldest first. */
  ofTasks(taskIds: readonly TaskId[]): Promise<Comment[]>;
  counts(): Promise<Map<TaskId, number>>;
}

/** What is known of the files of tasks; their bytes are in `AttachmentFiles`. */
export interface AttachmentStore {
  insert(attachment: Attachment): Promise<void>;
  find(attachmentId: string): Promise<Attachment | null>;
  /** The attachments of many tasks together, oldest first. */
  ofTasks(taskIds: readonly TaskId[]): Promise<Attachment[]>;
  /** False when there was none. */
  remove(attachmentId: AttachmentId): Promise<boolean>;
  counts(): Promise<Map<TaskId, number>>;
  /** Which of these ids are those of attachments. */
  known(ids: readonly string[]): Promise<Set<string>>;
}

/** Where the bytes of attachments are kept, by id. */
export interface AttachmentFiles {
  /** Keeps the bytes as they come in; when this resolves they survive a crash. Refuses with `body_too_large` and keeps nothing. */
  receive(id: AttachmentId, content: UploadBody): Promise<Result<{ size: number; sha256: string }>>;
  /** How to read them from the beginning; null when they are not there. */
  find(id: AttachmentId): Promise<(() => UploadBody) | null>;
  remove(id: AttachmentId): Promise<void>;
  /** Names of all files that have been there for a while, half-received ones too. */
  listOld(): Promise<string[]>;
  removeFile(fileName: string): Promise<void>;
}

/** Saved filters, under names that are all different. */
export interface ViewStore {
  /** False when the name is taken. */
  insert(view: SavedView): Promise<boolean>;
  /** By name. */
  list(): Promise<SavedView[]>;
  /** False when there was none. */
  remove(viewId: string): Promise<boolean>;
}

/** What the board needs to know of a project. */
export interface ProjectLookup {
  find(
    projectId: ProjectId,
  ): Promise<Pick<Project, 'id' | 'kind' | 'path' | 'defaultProfile' | 'workspaceKind'> | null>;
}

/** What board use cases work on inside one transaction. */
export interface BoardPorts {
  readonly tasks: TaskStore;
  readonly links: LinkStore;
  readonly comments: CommentStore;
  readonly attachments: AttachmentStore;
  readonly views: ViewStore;
  readonly projects: ProjectLookup;
  readonly runs: RunStore;
  readonly commands: CommandOutbox;
  readonly events: EventLog;
}

export interface BoardDeps {
  readonly db: Database<BoardPorts>;
  readonly clock: Clock;
  readonly ids: Ids;
}
