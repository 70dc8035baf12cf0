// Streams a learner's events to CourseCompletion and reads the learner's enrolment back:
//   npm ci && node client.mjs 127.0.0.1:5080 ada rust-101 [RUN]
import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const [target = '127.0.0.1:5080', learner = 'ada', course = 'rust-101', run = String(Date.now())] = process.argv.slice(2);

// The .proto files, and those of google/api, which protobufjs (a part of @grpc/proto-loader) brings along.
const includeDirs = [
  process.env.COURSECOMPLETION_PROTOS ?? fileURLToPath(new URL('../../../src/CourseCompletion.Protocol', import.meta.url)),
  dirname(createRequire(import.meta.url).resolve('protobufjs/package.json')),
];
const definition = protoLoader.loadSync(
  ['coursecompletion/v1/engagement_service.proto', 'coursecompletion/v1/learner_service.proto'],
  { includeDirs, keepCase: true, longs: Number, enums: String, defaults: true },
);
const { EngagementService, LearnerService } = grpc.loadPackageDefinition(definition).coursecompletion.v1;
const credentials = grpc.credentials.createInsecure();
const engagement = new EngagementService(target, credentials);
const learners = new LearnerService(target, credentials);

// An event's id and time are made once; a resent event is recognised by them. Here both follow from the moment at which the
// run was begun: another run is new events, and the same run again sends the same events again.
const event = (number, body) => ({
  event_id: `${learner}-${run}-${number}`,
  source: 'node-example',
  learner_id: learner,
  course_id: course,
  lesson_id: 'lesson-1',
  occurred_at: { seconds: Math.floor(Number(run) / 1000) - 600 + number, nanos: 0 },
  ...body,
});
const events = [
  event(0, { session_started: {} }),
  event(1, { video_watched: { from: 0, to: 60 } }),
  event(2, { video_watched: { from: 45, to: 90, speed: 1.5 } }), // 15 seconds again: 90 unique seconds.
  event(3, { liked: {} }),
  event(3, { liked: {} }), // Sent twice: a duplicate.
  event(4, { video_watched: { from: 90, to: 90 } }), // Ends where it begins: rejected.
];

// One stream: batches go out, one response a batch comes back, perhaps in another order. Match them by batch_id.
const unanswered = new Map([
  ['batch-1', events.slice(0, 3)],
  ['batch-2', events.slice(3)],
]);
const answers = await new Promise((resolve, reject) => {
  const answered = [];
  const stream = engagement.StreamEvents();
  stream.on('data', (response) => {
    const batch = unanswered.get(response.batch_id);
    unanswered.delete(response.batch_id); // After a broken stream, send again what is left here.
    response.results.forEach((result, i) =>
      answered.push({ id: batch[i].event_id, status: result.status, reason: result.reason, field: result.field }));
  });
  stream.on('end', () => resolve(answered));
  stream.on('error', reject);
  unanswered.forEach((batch, id) => stream.write({ batch_id: id, events: batch }));
  stream.end();
});

const { enrolment } = await new Promise((resolve, reject) =>
  learners.GetEnrolment({ learner_id: learner, course_id: course }, (error, response) => (error ? reject(error) : resolve(response))));

console.log(JSON.stringify({ run, answers, enrolment }, null, 2));
