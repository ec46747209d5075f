import type { ListeningPlace } from './listening-place.ts';

/** Memory and write-ahead log suit one machine that holds a demo or a small region; a region's own server is tuned by its owner. */
const always = {
  max_connections: '200',
  shared_buffers: '256MB',
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  random_page_cost: '1.1',
  jit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_wal_size: '2GB',
  timezone: 'Asia/Shanghai',
  log_timezone: 'Asia/Shanghai',
  // A log holds no personal data: no statements, no details of failed rows.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** For tests: nothing waits for the disk. */
const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' };

/** Command line settings of the embedded server. */
export function serverSettings(place: ListeningPlace, durable: boolean): readonly string[] {
  const listening =
    place.socketDirectory === undefined
      ? { listen_addresses: place.host, port: String(place.port) }
      : {
          listen_addresses: '',
          port: String(place.port),
          unix_socket_directories: place.socketDirectory,
          unix_socket_permissions: '0700',
        };
  const settings = { ...always, ...(durable ? {} : careless), ...listening };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
