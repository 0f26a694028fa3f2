#pragma once

#include <QAbstractListModel>

#include "core/base/result.h"

namespace marea::app {

// A list of the server's: whether it is there, is asked for, or could not be had. What is in it is for others. GUI
// thread.
class ServerList : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(bool loading READ loading NOTIFY changed)
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(bool failed READ failed NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
public:
    int rowCount(const QModelIndex& parent = {}) const override;

    virtual int count() const = 0;
    bool loading() const { return loading_; }
    bool loaded() const { return loaded_; }
    bool failed() const { return failed_; }
    QString errorText() const { return error_; }

Q_SIGNALS:
    void changed();

protected:
    using QAbstractListModel::QAbstractListModel;
    int begin();                                                     // it is asked for: answers to older questions are
    bool isWanted(int asked) const { return asked == generation_; }  // not wanted any more
    void succeed();
    void fail(const core::Error& error);
    void forget();       // as if it had never been asked for
    void tellAllRows();  // that each says something else

private:
    void end(bool failed);

    QString error_;
    int generation_ = 0;
    bool loading_ = false, loaded_ = false, failed_ = false;
};

}  // namespace marea::app
