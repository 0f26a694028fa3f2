import QtQuick
import Marea
import Marea.App

// Why a list of titles shows none, and what to do about it: it could not be read, or there is nothing in it.
Item {
    id: states
    required property MediaModel model
    property string emptyText: ""
    property string emptyIcon: "film"
    property EmptyLibrary library: null   // tells what to do where there is nothing at all
    EmptyState {
        anchors.fill: parent
        visible: states.model.failed && states.model.count === 0
        failed: true
        iconName: "wifi-off"
        text: states.model.errorText
        actionText: qsTr("Try again")
        onAction: states.model.reload()
    }
    EmptyState {
        anchors.fill: parent
        visible: states.model.loaded && states.model.count === 0 && !states.model.failed
        iconName: states.emptyIcon
        text: states.model.filtered ? qsTr("Nothing matches these filters.") : states.library?.reading ? states.library.text : states.emptyText
        detail: states.model.filtered || !states.library ? "" : states.library.detail
        actionText: states.model.filtered ? qsTr("Clear filters") : states.library ? states.library.actionText : ""
        onAction: states.model.filtered ? states.model.clearFilters() : states.library.act()
    }
}
