// The parse worker: takes messages, answers with what is in them. Started by parser.ts, which ends it when it hangs.
import { parseBodies, parseMessage, toReason } from './parse-message.ts';
import type { ParseAnswers } from './parser.ts';
import { serveJobs } from './serve-jobs.ts';

serveJobs<ParseAnswers>({ parse: parseMessage, bodies: parseBodies }, toReason);
