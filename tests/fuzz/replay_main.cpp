// Stands in for libFuzzer in ordinary builds: every kept input, then mutations of them from a fixed seed.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int kRounds = 20'000;

std::vector<std::string> keptInputs(const std::filesystem::path& folder) {
    std::vector<std::string> inputs{""};
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        std::ifstream file(entry.path(), std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return inputs;
}

std::string mutated(std::string input, const std::vector<std::string>& others, std::mt19937& random) {
    const auto any = [&](std::size_t below) { return below == 0 ? 0 : random() % below; };
    for (auto changes = 1 + any(4); changes > 0; --changes) {
        const auto at = any(input.size() + 1);
        switch (any(4)) {
            case 0:
                input.insert(at, 1, static_cast<char>(any(256)));
                break;
            case 1:
                input.erase(at, any(8));
                break;
            case 2:
                input.insert(at, others[any(others.size())].substr(0, any(32)));
                break;
            default:
                if (at < input.size()) {
                    input[at] = static_cast<char>(any(256));
                }
                break;
        }
    }
    return input;
}

void feed(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

int main(int argc, char** argv) {
    const auto inputs = keptInputs(argc > 1 ? argv[1] : "");
    for (const auto& input : inputs) {
        feed(input);
    }
    std::mt19937 random(20'240'601);
    for (int round = 0; round < kRounds; ++round) {
        feed(mutated(inputs[random() % inputs.size()], inputs, random));
    }
    std::printf("%zu inputs, %d mutations\n", inputs.size(), kRounds);
}
