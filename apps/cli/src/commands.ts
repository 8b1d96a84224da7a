import type { CliCommand } from './command/define-command.ts';
import { agentList } from './commands/agent/list.ts';
import { agentPause } from './commands/agent/pause.ts';
import { agentResume } from './commands/agent/resume.ts';
import { agentSet } from './commands/agent/set.ts';
import { approvalAllow } from './commands/approval/allow.ts';
import { approvalAnswer } from './commands/approval/answer.ts';
import { approvalDeny } from './commands/approval/deny.ts';
import { approvalForget } from './commands/approval/forget.ts';
import { approvalList } from './commands/approval/list.ts';
import { approvalRules } from './commands/approval/rules.ts';
import { attachmentGet } from './commands/attachment/get.ts';
import { attachmentRemove } from './commands/attachment/remove.ts';
import { budgetList } from './commands/budget/list.ts';
import { diagnostics } from './commands/diagnostics.ts';
import { doctor } from './commands/doctor.ts';
import { events } from './commands/events.ts';
import { keyCreate } from './commands/key/create.ts';
import { keyList } from './commands/key/list.ts';
import { keyRevoke } from './commands/key/revoke.ts';
import { projectAdd } from './commands/project/add.ts';
import { projectList } from './commands/project/list.ts';
import { projectSet } from './commands/project/set.ts';
import { runList } from './commands/run/list.ts';
import { runnerStart } from './commands/runner/start.ts';
import { signIn } from './commands/sign-in.ts';
import { stats } from './commands/stats.ts';
import { taskApprove } from './commands/task/approve.ts';
import { taskAssign } from './commands/task/assign.ts';
import { taskAttach } from './commands/task/attach.ts';
import { taskAttachments } from './commands/task/attachments.ts';
import { taskBudget } from './commands/task/budget.ts';
import { taskChanges } from './commands/task/changes.ts';
import { taskComment } from './commands/task/comment.ts';
import { taskCreate } from './commands/task/create.ts';
import { taskDiff } from './commands/task/diff.ts';
import { taskGraph } from './commands/task/graph.ts';
import { taskInterrupt } from './commands/task/interrupt.ts';
import { taskKeep } from './commands/task/keep.ts';
import { taskLabel } from './commands/task/label.ts';
import { taskLand } from './commands/task/land.ts';
import { taskLink } from './commands/task/link.ts';
import { taskList } from './commands/task/list.ts';
import { taskLog } from './commands/task/log.ts';
import { taskModel } from './commands/task/model.ts';
import { taskMove } from './commands/task/move.ts';
import { taskReview } from './commands/task/review.ts';
import { taskSay } from './commands/task/say.ts';
import { taskShow } from './commands/task/show.ts';
import { taskStop } from './commands/task/stop.ts';
import { taskUnlink } from './commands/task/unlink.ts';
import { taskWatch } from './commands/task/watch.ts';
import { up } from './commands/up.ts';
import { viewDelete } from './commands/view/delete.ts';
import { viewList } from './commands/view/list.ts';
import { viewSave } from './commands/view/save.ts';
import { workspaceList } from './commands/workspace/list.ts';
import { workspaceRemove } from './commands/workspace/remove.ts';

/** Every command by the words that call it; the words are also the path of its file below `commands/`. */
export const COMMANDS: Readonly<Record<string, CliCommand>> = {
  up,
  doctor,
  diagnostics,
  'sign-in': signIn,
  'task create': taskCreate,
  'task list': taskList,
  'task show': taskShow,
  'task move': taskMove,
  'task assign': taskAssign,
  'task label': taskLabel,
  'task budget': taskBudget,
  'task model': taskModel,
  'task comment': taskComment,
  'task watch': taskWatch,
  'task log': taskLog,
  'task link': taskLink,
  'task unlink': taskUnlink,
  'task graph': taskGraph,
  'task diff': taskDiff,
  'task review': taskReview,
  'task approve': taskApprove,
  'task changes': taskChanges,
  'task keep': taskKeep,
  'task land': taskLand,
  'task attach': taskAttach,
  'task attachments': taskAttachments,
  'task interrupt': taskInterrupt,
  'task stop': taskStop,
  'task say': taskSay,
  'attachment get': attachmentGet,
  'attachment remove': attachmentRemove,
  'approval list': approvalList,
  'approval allow': approvalAllow,
  'approval deny': approvalDeny,
  'approval answer': approvalAnswer,
  'approval rules': approvalRules,
  'approval forget': approvalForget,
  'view list': viewList,
  'view save': viewSave,
  'view delete': viewDelete,
  'key create': keyCreate,
  'key list': keyList,
  'key revoke': keyRevoke,
  'project add': projectAdd,
  'project list': projectList,
  'project set': projectSet,
  'agent list': agentList,
  'agent pause': agentPause,
  'agent resume': agentResume,
  'agent set': agentSet,
  'budget list': budgetList,
  'run list': runList,
  'workspace list': workspaceList,
  'workspace remove': workspaceRemove,
  'runner start': runnerStart,
  events,
  stats,
};

export const NOUNS: Readonly<Record<string, string>> = {
  task: 'Work on the board',
  attachment: 'Files of tasks',
  approval: 'Decide what agents ask for',
  view: 'Saved filters of the board',
  key: 'Keys for scripts and other programs',
  project: 'Repositories and folders agents work in',
  agent: 'Agents and the machines that run them',
  budget: 'What work may cost',
  run: 'Attempts at tasks',
  workspace: 'Folders that hold the work of tasks',
  runner: 'Machines that run agents',
};
