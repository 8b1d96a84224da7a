import { Attachment } from '@quarterdeck/contract/attachment';
import { TaskId } from '@quarterdeck/contract/ids';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';

const ONE = TaskId.parse('t_0001');
const OTHER = TaskId.parse('t_0002');

const fileOf = (id: string, taskId: string, createdAt: number) =>
  Attachment.parse({
    id,
    taskId,
    name: `${id}.txt`,
    mediaType: 'text/plain',
    size: 26_214_400,
    sha256: 'ab',
    createdBy: 'ada',
    runId: null,
    createdAt,
  });

describe.each(TEST_DATABASES)('K21: attachments on %s', (database) => {
  it('are kept as they are, counted by task, and found among names', async () => {
    await using store = await openTestStore(database);
    const [late, early, other] = [
      fileOf('f_0001', ONE, 9),
      fileOf('f_0002', ONE, 1),
      fileOf('f_0003', OTHER, 5),
    ];
    await change(store.db, async ({ attachments }) => {
      for (const file of [late, early, other]) await attachments.insert(file);
    });
    const read = <T>(ask: Parameters<typeof store.db.read<T>>[0]) => store.db.read(ask);
    expect(await read(({ attachments }) => attachments.find('f_0001'))).toEqual(late);
    expect(await read(({ attachments }) => attachments.find('f_gone'))).toBeNull();
    expect(await read(({ attachments }) => attachments.ofTasks([ONE]))).toEqual([early, late]);
    expect(await read(({ attachments }) => attachments.ofTasks([]))).toEqual([]);
    expect(await read(({ attachments }) => attachments.counts())).toEqual(
      new Map([
        [ONE, 2],
        [OTHER, 1],
      ]),
    );
    expect(await read(({ attachments }) => attachments.known(['f_0003', 'f_0001.part']))).toEqual(
      new Set(['f_0003']),
    );
    const removed: boolean[] = [];
    await change(store.db, async ({ attachments }) => {
      removed.push(await attachments.remove(late.id), await attachments.remove(late.id));
    });
    expect(removed).toEqual([true, false]);
  });
});
