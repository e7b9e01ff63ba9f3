export { Live } from './live.ts';
export type { Topic } from './topic.ts';
