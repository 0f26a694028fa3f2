#include "player/render/framepainter.h"

#include <algorithm>
#include <QPainter>
#include <QPainterPath>
#include <QRegularExpression>
#include <QTextLayout>
#include <QTextOption>

namespace marea::player {
namespace {

// In lines of at most that width; what has no gaps is broken anywhere.
QStringList wrapped(const QString& words, const QFont& font, double width) {
    QTextLayout layout(words, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        lines << words.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

// White with a dark edge, centred at the foot.
void write(QImage& image, const QString& words) {
    QFont font;
    font.setPixelSize(std::max(12, image.height() / 18));
    QStringList lines;
    for (const auto& line : plainWords(words).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        lines << wrapped(line, font, image.width() * 0.92);
    if (lines.isEmpty())
        return;
    const QFontMetricsF metrics(font);
    QPainterPath path;
    double y = image.height() * 0.94 - metrics.height() * static_cast<double>(lines.size() - 1);
    for (const auto& line : lines) {
        path.addText((image.width() - metrics.horizontalAdvance(line)) / 2, y, font, line);
        y += metrics.height();
    }
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.strokePath(path, QPen(Qt::black, font.pixelSize() / 7.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.fillPath(path, Qt::white);
}

}  // namespace

QString plainWords(QString text) {
    static const QRegularExpression marks(QStringLiteral("<[^<>]*>|\\{\\\\[^{}]*\\}"));
    text.remove(marks);
    using Named = std::pair<QLatin1String, QLatin1String>;
    for (const auto& [name, character] : {Named("&lt;", "<"), Named("&gt;", ">"), Named("&quot;", "\""),
                                          Named("&apos;", "'"), Named("&#39;", "'"), Named("&amp;", "&")})
        text.replace(name, character);
    return text.trimmed();
}

FramePainter::FramePainter(std::shared_ptr<FrameBox> frames, std::function<void()> painted)
    : frames_(std::move(frames)), painted_(std::move(painted)), thread_([this] { run(); }) {
    frames_->onChange([this] { look(); });
    look();  // what came before anybody was told
}

void FramePainter::look() {
    {
        const std::lock_guard lock(mutex_);
        due_ = true;
    }
    wake_.notify_one();
}

FramePainter::~FramePainter() {
    frames_->onChange(nullptr);
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

QImage FramePainter::image() const {
    const std::lock_guard lock(mutex_);
    return image_;
}

void FramePainter::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return due_ || ending_; });
        if (ending_)
            return;
        due_ = false;
        lock.unlock();
        const auto [frame, words] = frames_->shown();
        QImage image = frame.isValid() ? frame.toImage() : QImage();
        if (!image.isNull() && !words.isEmpty())
            write(image, words);
        lock.lock();
        image_ = std::move(image);
        lock.unlock();
        painted_();
        lock.lock();
    }
}

}  // namespace marea::player
