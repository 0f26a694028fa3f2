#include "app/viewmodels/deviceplanmodel.h"

#include <array>
#include <QCoreApplication>

#include "app/viewmodels/devicetexts.h"

namespace marea::app {

using L = QLatin1String;
using sync::Action;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Devices)
};

constexpr std::array kShown{Action::Copy,     Action::Transcode, Action::Move, Action::Delete,
                            Action::Conflict, Action::LeftOut,   Action::Other};

QString actionName(Action action) {
    switch (action) {
        case Action::Copy:
            return Words::tr("Copy");
        case Action::Transcode:
            return Words::tr("Convert");
        case Action::Move:
            return Words::tr("Move");
        case Action::Delete:
            return Words::tr("Remove");
        case Action::Conflict:
            return Words::tr("Changed there");
        case Action::Other:
            return Words::tr("Of another computer");
        default:
            return Words::tr("Left out");
    }
}

QString iconOf(Action action) {
    switch (action) {
        case Action::Copy:
            return QStringLiteral("plus");
        case Action::Transcode:
            return QStringLiteral("refresh-cw");
        case Action::Move:
            return QStringLiteral("arrow-up-down");
        case Action::Delete:
            return QStringLiteral("trash-2");
        case Action::Conflict:
            return QStringLiteral("circle-alert");
        case Action::Other:
            return QStringLiteral("monitor");
        default:
            return QStringLiteral("ban");
    }
}

QString pathOf(const sync::Step& step) {
    return QString::fromStdString(!step.to.empty() ? step.to : !step.from.empty() ? step.from : step.wanted);
}

// "Music/Ana/One/01 Sea.mp3" → "01 Sea"
QString titleOf(const sync::Step& step) {
    const QString path = pathOf(step), name = path.mid(path.lastIndexOf(QLatin1Char('/')) + 1);
    const auto dot = name.lastIndexOf(QLatin1Char('.'));
    return dot > 0 ? name.left(dot) : name;
}

QString detailOf(const sync::Step& step) {
    const QString path = pathOf(step), folder = path.left(std::max<qsizetype>(path.lastIndexOf(QLatin1Char('/')), 0));
    const QString reason = devicetexts::reason(step.reason);
    const QString what = actionName(step.action) + (reason.isEmpty() ? QString() : QStringLiteral(": ") + reason);
    return folder.isEmpty() ? what : what + QStringLiteral(" · ") + folder;
}

}  // namespace

void DevicePlanModel::setPlan(std::shared_ptr<const sync::Plan> plan) {
    if (plan == plan_)
        return;
    plan_ = std::move(plan);
    choose();
}

void DevicePlanModel::setFilter(const QString& filter) {
    if (filter == filter_)
        return;
    filter_ = filter;
    choose();
}

void DevicePlanModel::choose() {
    beginResetModel();
    rows_.clear();
    for (std::size_t i = 0; plan_ && i < plan_->steps.size(); ++i) {
        const Action action = plan_->steps[i].action;
        if (action != Action::Keep && (filter_.isEmpty() || filter_ == L(sync::name(action))))
            rows_.push_back(i);
    }
    endResetModel();
    Q_EMIT changed();
}

QVariantList DevicePlanModel::actions() const {
    QVariantList list;
    for (const Action action : kShown)
        if (const auto count = plan_ ? plan_->count(action) : 0; count > 0)
            list << QVariantMap{{L("value"), L(sync::name(action))},
                                {L("text"), QStringLiteral("%1 %2").arg(actionName(action)).arg(count)}};
    return list;
}

int DevicePlanModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> DevicePlanModel::roleNames() const {
    return {{ActionRole, "action"},
            {IconRole, "icon"},
            {TitleRole, "title"},
            {DetailRole, "detail"},
            {SizeTextRole, "sizeText"}};
}

QVariant DevicePlanModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const auto& step = plan_->steps[rows_[static_cast<std::size_t>(index.row())]];
    switch (role) {
        case ActionRole:
            return QString::fromLatin1(sync::name(step.action));
        case IconRole:
            return iconOf(step.action);
        case TitleRole:
            return titleOf(step);
        case DetailRole:
            return detailOf(step);
        case SizeTextRole:
            return step.action == Action::Move ? QString() : devicetexts::size(step.bytes);
        default:
            return {};
    }
}

void DevicePlanModel::retranslate() {
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT changed();
}

}  // namespace marea::app
