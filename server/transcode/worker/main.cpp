#include "server/transcode/worker/mediajobs.h"

int main(int count, char** arguments) {
    marea::server::MediaJobs jobs;
    return marea::server::runWorker(count, arguments, jobs);
}
