#include "server/transcode/worker/worker.h"

int main(int count, char** arguments) {
    return marea::server::runWorker(count, arguments);
}
