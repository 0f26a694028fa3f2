#include "server/transcode/worker/sparethreads.h"

#include <cerrno>  // any header of the C library says which one it is

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <dlfcn.h>
#include <pthread.h>
#include <array>

namespace marea::server {
namespace {

using Work = void* (*)(void*);
using Create = int (*)(pthread_t*, const pthread_attr_t*, Work, void*);
using Join = int (*)(pthread_t, void**);
using Detach = int (*)(pthread_t);

struct Spare {
    enum class State { Starting, Free, Working, Done };
    pthread_t id{};
    State state = State::Starting;
    bool detached = false;
    Work work = nullptr;
    void* argument = nullptr;
    void* result = nullptr;
};

// One per process, as are the functions of the C library that they stand behind.
constexpr int most = 8;
std::array<Spare, most> spares;
int spareCount = 0;
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

template <class Function>
Function original(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

void settle(Spare& spare) {
    spare.state = spare.detached ? Spare::State::Free : Spare::State::Done;
    pthread_cond_broadcast(&changed);
}

void* waitForWork(void* of) {
    auto& spare = *static_cast<Spare*>(of);
    pthread_mutex_lock(&mutex);
    spare.state = Spare::State::Free;
    pthread_cond_broadcast(&changed);
    for (;;) {
        while (spare.state != Spare::State::Working)
            pthread_cond_wait(&changed, &mutex);
        pthread_mutex_unlock(&mutex);
        void* result = spare.work(spare.argument);
        pthread_mutex_lock(&mutex);
        spare.result = result;
        settle(spare);
    }
    return nullptr;
}

Spare* find(pthread_t id) {
    for (int i = 0; i < spareCount; ++i) {
        if (pthread_equal(spares[static_cast<std::size_t>(i)].id, id))
            return &spares[static_cast<std::size_t>(i)];
    }
    return nullptr;
}

int handOut(pthread_t* thread, bool detached, Work work, void* argument) {
    pthread_mutex_lock(&mutex);
    int result = EAGAIN;
    for (int i = 0; i < spareCount && result != 0; ++i) {
        Spare& spare = spares[static_cast<std::size_t>(i)];
        if (spare.state != Spare::State::Free)
            continue;
        spare.detached = detached;
        spare.work = work;
        spare.argument = argument;
        spare.state = Spare::State::Working;
        *thread = spare.id;
        result = 0;
    }
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
    return result;
}

}  // namespace

int startSpareThreads(int count) {
    const auto create = original<Create>("pthread_create");
    int started = 0;
    while (started < count && started < most) {
        Spare& spare = spares[static_cast<std::size_t>(started)];
        if (create(&spare.id, nullptr, waitForWork, &spare) != 0)
            break;
        // A thread makes itself known to the kernel by calls of its own, which the sandbox would refuse.
        pthread_mutex_lock(&mutex);
        while (spare.state == Spare::State::Starting)
            pthread_cond_wait(&changed, &mutex);
        pthread_mutex_unlock(&mutex);
        ++started;
    }
    spareCount = started;
    return started;
}

}  // namespace marea::server

using namespace marea::server;

// These come before the C library's for all that the program has loaded.

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, Work work, void* argument) {
    if (spareCount == 0)
        return original<Create>("pthread_create")(thread, attributes, work, argument);
    int kind = PTHREAD_CREATE_JOINABLE;
    if (attributes)
        pthread_attr_getdetachstate(attributes, &kind);
    return handOut(thread, kind == PTHREAD_CREATE_DETACHED, work, argument);
}

extern "C" int pthread_join(pthread_t thread, void** result) {
    Spare* spare = find(thread);
    if (!spare)
        return original<Join>("pthread_join")(thread, result);
    pthread_mutex_lock(&mutex);
    while (spare->state == Spare::State::Working)
        pthread_cond_wait(&changed, &mutex);
    if (result)
        *result = spare->result;
    spare->state = Spare::State::Free;
    pthread_mutex_unlock(&mutex);
    return 0;
}

extern "C" int pthread_detach(pthread_t thread) {
    Spare* spare = find(thread);
    if (!spare)
        return original<Detach>("pthread_detach")(thread);
    pthread_mutex_lock(&mutex);
    spare->detached = true;
    if (spare->state == Spare::State::Done)
        settle(*spare);
    pthread_mutex_unlock(&mutex);
    return 0;
}

#else

namespace marea::server {

int startSpareThreads(int) {
    return 0;
}

}  // namespace marea::server

#endif
