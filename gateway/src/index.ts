export { openColocated, type Colocated, type Seed } from './colocated.ts';
export { createInProcessSources, type InProcessSources, type RunningSubgraph } from './in-process-sources.ts';
export { ConfigError, readConfig, type Config, type Mode } from './config.ts';
export { ListenError } from '@hutong/kit';
export { createInlinePlanner } from './engine/planner/inline-planner.ts';
export { personaId, personaIds } from './policy/persona-ids.ts';
export { defaultPersonaId, personas, personaTable, resolvePersonas, type Persona } from './policy/personas.ts';
export { createGateway, type Gateway, type GatewayParts, type Sources } from './server.ts';
export { settings, settingsTable } from './settings.ts';
