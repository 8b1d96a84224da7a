import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { up as foundation } from './migrations/0001-foundation.ts';
import { up as landing } from './migrations/0002-landing.ts';
import { up as completeBoard } from './migrations/0003-complete-board.ts';
import { up as keptWork } from './migrations/0004-kept-work.ts';
import { up as models } from './migrations/0005-models.ts';
import { up as folders } from './migrations/0007-folders.ts';
import { up as ownChoices } from './migrations/0008-own-choices.ts';
import { up as failures } from './migrations/0009-failures.ts';
import type { Tables } from './tables.ts';

/** Forward-only steps in order; a step that has shipped is never edited. */
const STEPS = {
  '0001-foundation': foundation,
  '0002-landing': landing,
  '0003-complete-board': completeBoard,
  '0004-kept-work': keptWork,
  '0005-models': models,
  '0007-folders': folders,
  '0008-own-choices': ownChoices,
  '0009-failures': failures,
};

/** Brings a database up to the newest schema. Running it twice, or from two servers at once, is fine. */
export async function migrate(db: Kysely<Tables>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries(STEPS).map(([name, step]): [string, Migration] => [
      name,
      { up: (it) => step(it, dialect) },
    ]),
  );
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('the database could not be brought up to date', { cause: error });
}
