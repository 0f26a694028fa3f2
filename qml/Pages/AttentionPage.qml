import QtQuick
import Marea
import Marea.App

// The libraries, what is being read, and which files cannot be played and why.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    Component.onCompleted: { app.broken.reload(); app.libraries.refresh() }

    ListView {
        id: view
        anchors { fill: parent; leftMargin: page.side; rightMargin: page.side }
        focus: true
        activeFocusOnTab: true
        model: page.app.broken
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        bottomMargin: Theme.margin
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Needs attention")
        spacing: 2
        header: Column {
            width: Math.min(ListView.view.width, 900)
            spacing: 12
            PageTitle { text: qsTr("Library") }
            Repeater {
                model: page.app.libraries.entries
                Rectangle {
                    required property var modelData
                    width: parent.width
                    height: 64
                    radius: Theme.radiusCard
                    color: Theme.surface
                    border.width: Theme.dark ? 0 : 1
                    border.color: Theme.line
                    Icon { x: 16; anchors.verticalCenter: parent.verticalCenter; name: modelData.scanning ? "activity" : modelData.problem !== "" ? "triangle-alert" : "folder-open"; color: modelData.scanning ? Theme.accent : modelData.problem !== "" ? Theme.warning : Theme.secondary }
                    Column {
                        anchors { left: parent.left; leftMargin: 52; right: count.left; rightMargin: 12; verticalCenter: parent.verticalCenter }
                        spacing: 2
                        Label { width: parent.width; text: modelData.name; weight: Font.Medium }
                        Label { width: parent.width; text: modelData.problem !== "" ? modelData.problem : modelData.path; color: Theme.secondary; font.pixelSize: Theme.tiny; visible: text !== ""; elide: Text.ElideMiddle }
                    }
                    Label { id: count; anchors { right: parent.right; rightMargin: 16; verticalCenter: parent.verticalCenter } text: modelData.detail; color: Theme.secondary }
                }
            }
            Row {
                spacing: 16
                visible: page.app.libraries.scanning || page.app.session.owner
                AppButton { visible: page.app.session.owner; enabled: !page.app.libraries.scanning && page.app.libraries.any; iconName: "refresh-cw"; text: qsTr("Scan again"); onClicked: page.app.libraries.rescan() }
                Label { anchors.verticalCenter: parent.verticalCenter; text: page.app.libraries.progressText; color: Theme.secondary }
            }
            Label { width: parent.width; visible: text !== ""; text: page.app.libraries.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
            Label { topPadding: 16; bottomPadding: 4; text: qsTr("Needs attention"); font.pixelSize: Theme.heading; weight: Font.DemiBold; visible: page.app.broken.count > 0 }
        }
        delegate: Item {
            id: row
            required property int index
            required property string mediaId
            required property string kind
            required property string title
            required property string problem
            required property string fileName
            width: Math.min(ListView.view.width, 900)
            height: 60
            Accessible.role: Accessible.ListItem
            Accessible.name: title + ". " + problem
            FocusRing { shown: row.ListView.isCurrentItem && view.activeFocus; offset: 0 }
            Icon { x: 16; anchors.verticalCenter: parent.verticalCenter; name: "triangle-alert"; color: Theme.warning }
            Column {
                anchors { left: parent.left; leftMargin: 52; right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
                spacing: 2
                Label { width: parent.width; text: row.fileName !== "" ? row.fileName : row.title; weight: Font.Medium }
                Label { width: parent.width; text: row.problem; color: Theme.secondary }
            }
        }
        footer: Item {
            width: ListView.view.width
            height: visible ? 220 : 0
            visible: page.app.broken.count === 0 && (page.app.broken.failed || page.app.broken.loaded)
            EmptyState {
                anchors.fill: parent
                failed: page.app.broken.failed
                iconName: failed ? "wifi-off" : page.app.libraries.any ? "circle-check" : "folder-open"
                text: failed ? page.app.broken.errorText : page.app.libraries.any ? qsTr("Every file of the library can be played.") : qsTr("There is no library yet.")
                actionText: failed ? qsTr("Try again") : ""
                onAction: page.app.broken.reload()
            }
        }
    }
}
