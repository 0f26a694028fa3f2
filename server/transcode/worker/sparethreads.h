#pragma once

namespace marea::server {

// Some encoders work on a thread of their own and cannot do without (x265), but the sandbox lets none be started. So
// these are started before it is entered, and wait; from then on they are what pthread_create(3) hands out, and
// EAGAIN when all are taken. Once per process, while there is one thread. They inherit what is in force by then.
// Returns how many there are; none where the C library is another one, or under a sanitizer, which counts threads.
int startSpareThreads(int count);

}  // namespace marea::server
