export { createSubgraph } from './create-subgraph.ts';
export type {
  ErrorEvent,
  ExecutionEvent,
  Subgraph,
  SubgraphCall,
  SubgraphContext,
  SubgraphDefinition,
  SubgraphParts,
  SubgraphRequest,
  SubgraphResponse,
} from './create-subgraph.ts';
export { decodeOwnedId, encodeOwnedId, isPublicId, numberOfOwn, type OwnedKey } from './ids.ts';
export { BadInput, NotFound } from './read/bad-input.ts';
export { compositeKey } from './read/composite.ts';
export { joinAreas } from './read/join-areas.ts';
export { type DayRange, perArgument } from './read/per-argument.ts';
export type {
  AllLoader,
  Connection,
  KeyLoader,
  PageArguments,
  PageInfo,
  PageLoader,
  ParentLoader,
  ParentPageLoader,
  Query,
  Read,
  ReadOptions,
  RowOf,
} from './read/types.ts';
export {
  byReference,
  children,
  coded,
  codedList,
  columns,
  concreteType,
  derive,
  list,
  ownedList,
  ownedId,
  ownedReference,
  ownedStub,
  reference,
  selfReference,
  stub,
  type Coded,
  type Loading,
} from './read/resolvers.ts';
export type { SqlClient, SqlEvent } from './read/statement.ts';
export { EmbeddedServerError, type EmbeddedServerProblem } from './database/embedded/embedded-server-error.ts';
export {
  startEmbeddedServer,
  type EmbeddedServer,
  type EmbeddedServerOptions,
} from './database/embedded/start-embedded-server.ts';
export { checkReachable } from './database/check-reachable.ts';
export { migrate } from './database/migrate.ts';
export {
  openDatabase,
  urlOfDatabase,
  type Database,
  type DatabasePlace,
  type Db,
  type Sql,
  type SqlSession,
} from './database/open-database.ts';
export { comparableColumns, indexedColumns, referringColumns, trigramColumns } from './database/indexed-columns.ts';
export { tableChecksums } from './database/table-checksums.ts';
export { createTestDatabase, dropTestTemplates, type TestDatabaseOptions } from './database/test-database.ts';
export { attachScalars } from './scalars.ts';
export { serverTimeouts, type ServerPatience } from './server-timeouts.ts';
export { serveSubgraph, type ServeOptions, type SubgraphServer } from './serve-subgraph.ts';
export {
  readChanges,
  recordChanges,
  recordChangesIn,
  startOfChanges,
  type Change,
  type ChangePage,
  type LoggedChange,
} from './changes/changes.ts';
export { startBackground, type Background, type BackgroundParts } from './background.ts';
export type { Job, Jobs } from './jobs/job.ts';
export { untilNone } from './jobs/until-none.ts';
export { startJobs, type JobParts, type RunningJobs } from './jobs/start-jobs.ts';
export { secondsBehind, type InboxAnswer, type InboxHandlers, type IncomingPage, type TakeIn } from './relay/inbox.ts';
export { optionalTextOfChange, ownerOfChange, seqOfChange, textsOfChange } from './relay/read-change.ts';
export { createHttpOutlet } from './relay/signed-pages.ts';
export { startRelay, type Outlet, type RelayEvent, type RelayParts, type RunningRelay } from './relay/start-relay.ts';
export { actsFor, governs, leads } from './write/acting-for.ts';
export { expectBounds, expectSize, isTimeOfDay, LONGEST_PROSE, MOST_ENTRIES } from './write/input-checks.ts';
export {
  expectBetween,
  expectNotFuture,
  expectNotLong,
  expectNotPast,
  expectNumber,
  expectText,
  type NumberRange,
} from './write/value-checks.ts';
export { historyLoaders, statusChange, type StatusChangeRow } from './write/history.ts';
export { insertMany, lastNos, updateMany } from './write/many-rows.ts';
export { mergedInto } from './write/merged.ts';
export type { Keyed, Mutation, Violations, Work } from './write/mutation.ts';
export { payload } from './write/payload.ts';
export {
  advanced,
  expectVersion,
  lockById,
  lockByOwnedId,
  newId,
  nextNo,
  nextNoUnlessBusy,
  type StoredRow,
} from './write/stored-rows.ts';
export {
  createFaults,
  refuse,
  WriteRefused,
  type Faults,
  type FaultText,
  type WriteFault,
} from './write/write-refused.ts';
export { mutationError, notesOf, type MutationError, type WriteResult, type Written } from './write/write-result.ts';
export type { StatusStep, Transaction, Write } from './write/write.ts';
export type { ChangeKind } from './changes/changes-table.ts';
export {
  businessClock,
  demoAsOf,
  demoClock,
  fixedClock,
  readSeeding,
  recordSeeding,
  systemClock,
  toDay,
  toInstant,
  type Clock,
  type RequestClock,
  type Seeding,
} from './clock.ts';
export { demoDataKeys, generateDataKeys, parseDataKeys } from './crypto/data-keys.ts';
export { describeCause, type CauseDescription } from './describe-cause.ts';
export { encrypted, isEncrypted, sealed } from './crypto/encrypted.ts';
export { checkKeys, openKeyRing, sandboxKeyOf } from './crypto/open-key-ring.ts';
export { createKeyRing, UnreadableValue, type KeyRing, type KeyRingKeys } from './crypto/key-ring.ts';
export { resealTable } from './crypto/reseal-table.ts';
export { backup, restore, type BackupManifest, type BackupOptions, type NamedDatabase } from './database/backup.ts';
export { BackupRefused } from './database/backup-refused.ts';
export { copyRows, type CopyOptions, type Rows } from './database/copy-rows.ts';
export { createTableBatch, type TableBatch, type TableProgress } from './database/table-batch.ts';
export { stableFraction, stableId, stableInteger } from './stable-id.ts';
export { count, createProgress, describeSeeding, type Progress, type Step } from './progress.ts';
export { explainFailure } from './explain-failure.ts';
export { assertListenable, ListenError, toListenError, type ListenPlace } from './listen-error.ts';
export { readCallerSigner } from './caller-keys.ts';
export { runSubgraph, subgraphSettings, type Voice } from './run-subgraph.ts';
export { readSeedingOptions, seedDatabase, type SeededTable, type SeedOutcome, type SeedRun } from './seed-database.ts';
export { importTargetsByPlace, type SeedOptions, type SubgraphPackage } from './subgraph-package.ts';
export {
  commonSettings,
  ConfigError,
  readSeedOptions,
  readSettings,
  seedSettings,
  setting,
  type Setting,
  type SettingsReader,
  type Texts,
} from './settings.ts';
export { kind, kinds, listOf, oneOf, type Kind } from './setting-kinds.ts';
export { ImportRefused, type Fault, type FaultCode } from './import/faults.ts';
export { importFile, type ImportOptions, type ImportProgress, type ImportSummary } from './import/import-file.ts';
export {
  divisionCodeCheck,
  form,
  importColumns,
  periodFaults,
  publicIdCheck,
  required,
  type ColumnForm,
} from './import/import-columns.ts';
export {
  citizenNumberCheck,
  healthRecordNoCheck,
  usccCheck,
  type ImportColumn,
  type ImportRules,
  type ImportTarget,
  type ImportType,
  type Inconsistency,
  type RowValues,
  type TextCheck,
} from './import/import-target.ts';
