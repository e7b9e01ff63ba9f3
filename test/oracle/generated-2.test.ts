import { testPart } from './generated.ts';

testPart(1, 2);
