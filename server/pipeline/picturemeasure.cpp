#include "server/pipeline/picturemeasure.h"

#include <utility>

#include "core/media/rungmeasure.h"

namespace marea::server {
namespace {

using core::Result;

constexpr int block = 4;  // a window is two by two of these

// Of a block of 4×4: sums, of the squares of both together, of the products.
struct Sums {
    std::int64_t a = 0, b = 0, squares = 0, products = 0;

    Sums& operator+=(const Sums& other) {
        a += other.a;
        b += other.b;
        squares += other.squares;
        products += other.products;
        return *this;
    }
};

Sums sumsOf(const Plane& a, const Plane& b, int column, int row) {
    Sums sums;
    for (int y = row * block; y < (row + 1) * block; ++y) {
        const auto at =
            static_cast<std::size_t>(y) * static_cast<std::size_t>(a.width) + static_cast<std::size_t>(column) * block;
        for (std::size_t x = at; x < at + block; ++x) {
            const std::int64_t one = a.samples[x], other = b.samples[x];
            sums.a += one;
            sums.b += other;
            sums.squares += one * one + other * other;
            sums.products += one * other;
        }
    }
    return sums;
}

double windowSimilarity(const Sums& s) {
    constexpr double count = 64, c1 = .01 * .01 * 255 * 255 * count, c2 = .03 * .03 * 255 * 255 * count * (count - 1);
    const auto a = static_cast<double>(s.a), b = static_cast<double>(s.b);
    const double variances = static_cast<double>(s.squares) * count - a * a - b * b;
    const double covariance = static_cast<double>(s.products) * count - a * b;
    return (2 * a * b + c1) * (2 * covariance + c2) / ((a * a + b * b + c1) * (variances + c2));
}

class Ssim final : public PictureMeasure {
public:
    Result<void> compare(const Plane& original, const Plane& made) override {
        sum_ += similarity(original, made);
        ++count_;
        return {};
    }
    Result<double> quality() override {
        if (count_ == 0)
            return core::fail(core::ErrorCode::Unprocessable, "This picture cannot be measured", "no pictures");
        return sum_ / count_;
    }

private:
    double sum_ = 0;
    int count_ = 0;
};

// A picture of 64×64 beside itself.
bool works(const PictureMeasures& measures) {
    constexpr int size = 64;
    Plane plane{size, size, {}};
    for (int i = 0; i < size * size; ++i)
        plane.samples.push_back(static_cast<std::uint8_t>(i * 7 % 251));
    const auto measure = measures(size, size);
    return measure && (*measure)->compare(plane, plane) && (*measure)->compare(plane, plane) && (*measure)->quality();
}

}  // namespace

double similarity(const Plane& a, const Plane& b) {
    const int columns = a.width / block, rows = a.height / block;
    if (columns < 2 || rows < 2 || a.width != b.width || a.height != b.height)
        return 0;
    std::vector<Sums> above, here(static_cast<std::size_t>(columns));
    double sum = 0;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column)
            here[static_cast<std::size_t>(column)] = sumsOf(a, b, column, row);
        for (std::size_t column = 0; row > 0 && column + 1 < here.size(); ++column) {
            Sums window = here[column];
            window += here[column + 1];
            window += above[column];
            window += above[column + 1];
            sum += windowSimilarity(window);
        }
        above = here;
    }
    return sum / (double(columns - 1) * (rows - 1));
}

PictureMeasures ssimMeasures() {
    return [](int, int) -> Result<std::unique_ptr<PictureMeasure>> { return std::make_unique<Ssim>(); };
}

double qualityOfVmaf(double score) {
    constexpr double unseen = 2;  // points
    return 1 - (100 - score) * core::kUnseenQuality / unseen;
}

PictureMeasures vmafMeasures() {
    return filterMeasures({"libvmaf", "VMAF score: ", qualityOfVmaf});
}

PictureMeasures firstOf(std::vector<PictureMeasures> measures) {
    for (std::size_t i = 0; i + 1 < measures.size(); ++i) {
        if (works(measures[i]))
            return std::move(measures[i]);
    }
    return std::move(measures.back());
}

const PictureMeasures& bestMeasures() {
    static const PictureMeasures best = firstOf({vmafMeasures(), ssimMeasures()});
    return best;
}

}  // namespace marea::server
