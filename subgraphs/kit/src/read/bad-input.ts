import { GraphQLError } from 'graphql';

/** What a caller asked for cannot be answered as asked: shown to the caller, in English and Chinese. */
export class BadInput extends GraphQLError {
  constructor(message: string, messageZh: string) {
    super(message, { extensions: { code: 'BAD_USER_INPUT', messageZh } });
  }
}

/** A row that was referred to by id is not there. */
export class NotFound extends GraphQLError {
  constructor(what: string) {
    super(`${what} not found`, { extensions: { code: 'NOT_FOUND', messageZh: `未找到${what}` } });
  }
}
