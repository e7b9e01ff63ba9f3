import { testPart } from './generated.ts';

testPart(0, 2);
