#include "server/farm/jobroutes.h"

#include <future>

#include "farmfixture.h"

namespace marea::server {
namespace {

class JobRoutesTest : public FarmTest {
protected:
    void SetUp() override {
        FarmTest::SetUp();
        addJobRoutes(router, *queue, pool);
    }
    Response call(Method method, const std::string& path, std::vector<std::pair<std::string, std::string>> query = {}) {
        Router::Match match = router.match(method, path);
        EXPECT_NE(match.route, nullptr) << path;
        EXPECT_EQ(match.route->access, Access::Owner);
        Request request;
        request.method = method;
        request.path = path;
        request.params = match.params;
        request.query = std::move(query);
        std::promise<Response> answer;
        match.route->handler(std::move(request),
                             Reply([&](Response response) { answer.set_value(std::move(response)); }));
        return answer.get_future().get();
    }
    core::json::object page(std::vector<std::pair<std::string, std::string>> query = {}) {
        const Response response = call(Method::Get, "/api/v1/admin/jobs", std::move(query));
        EXPECT_EQ(response.status, 200);
        return core::json::parse(std::get<std::string>(response.body)).as_object();
    }

    WorkPool pool{1, 10};
    Router router;
};

TEST_F(JobRoutesTest, ListsPageByPage) {
    EXPECT_TRUE(page().at("items").as_array().empty());
    const core::Id a = add("a"), b = add("b"), c = add("c");
    auto first = page({{"limit", "2"}});
    ASSERT_EQ(first.at("items").as_array().size(), 2U);
    EXPECT_EQ(first.at("items").at(0).at("id").as_string(), c);
    EXPECT_EQ(first.at("items").at(0).at("state").as_string(), "queued");
    EXPECT_EQ(first.at("items").at(0).at("priority").as_string(), "batch");
    EXPECT_TRUE(first.at("items").at(0).at("user_id").is_null());
    auto second = page({{"limit", "2"}, {"cursor", std::string(first.at("next_cursor").as_string())}});
    ASSERT_EQ(second.at("items").as_array().size(), 1U);
    EXPECT_EQ(second.at("items").at(0).at("id").as_string(), a);
    EXPECT_TRUE(second.at("next_cursor").is_null());
    EXPECT_EQ(page({{"state", "failed"}}).at("items").as_array().size(), 0U);
    EXPECT_EQ(page({{"state", "queued"}, {"kind", "count"}}).at("items").as_array().size(), 3U);
}

// What else is wrong with a query, the document refuses before: see tests/e2e/test_contract.py.
TEST_F(JobRoutesTest, ACursorOfSomethingElseIsRefused) {
    EXPECT_EQ(call(Method::Get, "/api/v1/admin/jobs", {{"cursor", "x"}}).status, 400);
}

TEST_F(JobRoutesTest, CancelsOnce) {
    const core::Id id = add("a");
    EXPECT_EQ(call(Method::Delete, "/api/v1/admin/jobs/" + id).status, 204);
    EXPECT_EQ(jobOf(id).state, JobState::Cancelled);
    EXPECT_EQ(call(Method::Delete, "/api/v1/admin/jobs/" + id).status, 409);
    EXPECT_EQ(call(Method::Delete, "/api/v1/admin/jobs/" + core::newId()).status, 404);
}

}  // namespace
}  // namespace marea::server
