#include "app/viewmodels/matchviewmodel.h"

#include <QJsonArray>

#include "app/viewmodels/texts.h"

namespace marea::app {
namespace {

using L = QLatin1String;

}  // namespace

MatchViewModel::MatchViewModel(ApiClient& api, Notices& notices, QObject* parent)
    : QObject(parent), api_(api), notices_(notices) {}

QString MatchViewModel::stateText() const {
    if (state_ == L("matched"))
        return tr("It was taken for the marked one.");
    if (state_ == L("doubtful"))
        return tr("It could not be told which of these it is.");
    if (state_ == L("none"))
        return tr("Nothing was found. Other words may help.");
    if (state_ == L("ignored"))
        return tr("It is not looked up.");
    return state_ == L("waiting") ? tr("It has not been looked up yet.") : QString();
}

QVariantList MatchViewModel::candidates() const {
    QVariantList list;
    for (const auto& one : candidates_)
        list << QVariantMap{
            {L("id"), one.id}, {L("title"), one.title}, {L("detail"), one.detail}, {L("chosen"), one.id == chosen_}};
    return list;
}

QString MatchViewModel::path(const char* more) const {
    return QStringLiteral("/api/v1/admin/media/%1/match").arg(mediaId_) + L(more);
}

void MatchViewModel::open(const QString& mediaId, const QString& title) {
    clear();
    mediaId_ = mediaId;
    title_ = title;
    ask({"GET", path()}, [this](const QJsonObject& json) {
        state_ = json[L("state")].toString();
        chosen_ = json[L("chosen")].toString();
        takeCandidates(json[L("candidates")]);
    });
}

void MatchViewModel::search(const QString& title, int year) {
    QJsonObject body{{L("title"), title.trimmed()}};
    if (year > 0)
        body.insert(L("year"), year);
    ask({"POST", path("/search"), {}, body}, [this](const QJsonObject& json) {
        takeCandidates(json[L("items")]);
        if (candidates_.isEmpty())
            state_ = L("none");
    });
}

void MatchViewModel::choose(const QString& candidate) {
    ask({"PUT", path(), {}, QJsonObject{{L("id"), candidate}}}, [this](const QJsonObject&) {
        notices_.tell(tr("What was found is shown now."));
        Q_EMIT decided(mediaId_);
    });
}

void MatchViewModel::forget() {
    ask({"DELETE", path()}, [this](const QJsonObject&) {
        notices_.tell(tr("What was looked up is gone."));
        Q_EMIT decided(mediaId_);
    });
}

void MatchViewModel::ask(const ApiCall& call, const std::function<void(const QJsonObject&)>& take) {
    busy_ = true;
    error_.clear();
    Q_EMIT changed();
    deliver(api_.json(call), this, [this, take, generation = ++generation_](const core::Result<QJsonObject>& json) {
        if (generation != generation_)
            return;
        busy_ = false;
        error_ = json ? QString() : texts::error(json.error());
        if (json)
            take(*json);
        Q_EMIT changed();
    });
}

void MatchViewModel::takeCandidates(const QJsonValue& list) {
    candidates_.clear();
    for (const auto& value : list.toArray()) {
        const auto json = value.toObject();
        QStringList detail;
        for (const auto* key : {"artist", "detail"})
            if (const auto text = json[L(key)].toString(); !text.isEmpty())
                detail << text;
        if (const int year = json[L("year")].toInt(); year > 0)
            detail.prepend(QString::number(year));
        candidates_ << Candidate{json[L("id")].toString(), json[L("title")].toString(),
                                 detail.join(QStringLiteral(" · "))};
    }
}

void MatchViewModel::clear() {
    ++generation_;
    mediaId_.clear();
    title_.clear();
    state_.clear();
    chosen_.clear();
    error_.clear();
    candidates_.clear();
    busy_ = false;
    Q_EMIT changed();
}

}  // namespace marea::app
