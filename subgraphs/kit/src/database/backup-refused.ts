/** A backup that cannot be taken here, or not be restored here; nothing was written. */
export class BackupRefused extends Error {
  readonly messageZh: string;

  constructor(message: string, messageZh: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupRefused';
    this.messageZh = messageZh;
  }
}
