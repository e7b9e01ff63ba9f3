import { mergeKeys, readKeys, type Topic } from '../live/index.ts';
import {
  type NoticedTable,
  type RecordChange,
  type RecordScope,
  type SeenRecords,
  scopeExists,
  seenRecords,
} from './record-notice.read.ts';

type RecordTopic = Topic<RecordChange, RecordScope, SeenRecords>;

/** A topic of records that a channel names, as far as a subscriber sees them. */
export function recordTopic(channel: string, table: NoticedTable): RecordTopic {
  return {
    channel,
    read: (payload) => ({ records: readKeys(payload, 'records') }),
    merge: (one, other) => {
      const records = mergeKeys(one.records, other.records);
      return records && { records };
    },
    concerns: ({ records }, { partner }) => !partner || records.some((one) => one.startsWith(`${partner} `)),
    check: scopeExists,
    question: seenRecords(table),
    event: (answer) => answer as SeenRecords,
    anything: () => ({ records: [], isComplete: false }),
  };
}
