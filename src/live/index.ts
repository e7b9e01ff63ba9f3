export { mergeKeys, readKeys } from './keyed-notice.ts';
export { Live } from './live.ts';
export type { Topic } from './topic.ts';
