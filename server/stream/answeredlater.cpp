#include "server/stream/answeredlater.h"

namespace marea::server {

using core::ErrorCode;

Handler answeredLater(WorkPool& pool, std::function<void(const Request&, const SharedReply&)> begin) {
    struct Job {
        Request request;
        SharedReply reply;
    };
    const auto shared = std::make_shared<const decltype(begin)>(std::move(begin));
    return [&pool, shared](Request request, Reply reply) {
        const auto job = std::make_shared<Job>(Job{std::move(request), std::make_shared<Reply>(std::move(reply))});
        const bool taken = pool.post([job, shared] {
            try {
                (*shared)(job->request, job->reply);
            } catch (const std::exception& error) {
                (*job->reply)(Response::problem({ErrorCode::Internal, error.what(), "Something went wrong."}));
            }
        });
        if (!taken) {
            (*job->reply)(Response::problem(
                {ErrorCode::Unavailable, "work queue full", "The server is busy. Try again shortly."}));
        }
    };
}

Response sourceProblem(core::Error error) {
    if (error.code == ErrorCode::Corrupt) {
        error.code = ErrorCode::Unprocessable;
    }
    return Response::problem(error);
}

}  // namespace marea::server
