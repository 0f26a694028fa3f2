import QtQuick
import QtQuick.Templates as T
import Marea
import Marea.App

// What a title is elsewhere: what was found, a search by other words, or that it is none of them.
Sheet {
    id: sheet
    required property AppContext app
    readonly property MatchViewModel match: app.match

    title: qsTr("Fix match: %1").arg(match.title)
    wide: 520
    first: words
    function ask(mediaId, name, back) {
        words.text = name
        year.clear()
        match.open(mediaId, name)
        show(back)
    }
    function look() { if (words.text.trim() !== "" && !match.busy) match.search(words.text, year.text === "" ? 0 : Number(year.text)) }
    Connections {
        target: sheet.match
        enabled: sheet.visible
        function onDecided(mediaId) { sheet.close() }
    }

    Label { visible: text !== ""; width: parent.width; text: sheet.match.busy ? qsTr("Looking…") : sheet.match.stateText; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    Row {
        width: parent.width
        spacing: 8
        Field { id: words; width: parent.width - year.width - find.width - 16; iconName: "search"; placeholderText: qsTr("Title"); maximumLength: 500; onAccepted: sheet.look() }
        Field { id: year; width: 84; placeholderText: qsTr("Year"); validator: IntValidator { bottom: 1; top: 9999 } onAccepted: sheet.look() }
        AppButton { id: find; enabled: words.text.trim() !== "" && !sheet.match.busy; text: qsTr("Search"); onClicked: sheet.look() }
    }
    ListView {
        id: list
        width: parent.width
        height: Math.min(320, contentHeight)
        clip: true
        visible: count > 0
        activeFocusOnTab: true
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        model: sheet.match.candidates
        Accessible.role: Accessible.List
        Accessible.name: qsTr("What it may be")
        Keys.onReturnPressed: if (currentItem) currentItem.clicked()
        Keys.onEnterPressed: if (currentItem) currentItem.clicked()
        delegate: T.ItemDelegate {
            id: row
            required property int index
            required property var modelData
            width: ListView.view.width
            height: 52
            hoverEnabled: true
            focusPolicy: Qt.NoFocus
            enabled: !sheet.match.busy
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.detail === "" ? modelData.title : modelData.title + ", " + modelData.detail
            Accessible.onPressAction: clicked()
            onClicked: sheet.match.choose(modelData.id)
            background: Rectangle {
                radius: Theme.radiusControl
                color: row.hovered ? Theme.hover : "transparent"
                FocusRing { shown: row.ListView.isCurrentItem && list.activeFocus; offset: -2 }
            }
            Icon { x: 10; anchors.verticalCenter: parent.verticalCenter; visible: row.modelData.chosen; name: "check"; color: Theme.accent }
            Column {
                anchors { left: parent.left; leftMargin: 44; right: parent.right; rightMargin: 8; verticalCenter: parent.verticalCenter }
                Label { width: parent.width; text: row.modelData.title; weight: Font.Medium }
                Label { width: parent.width; visible: text !== ""; text: row.modelData.detail; color: Theme.secondary; font.pixelSize: Theme.tiny }
            }
        }
    }
    Label { visible: text !== ""; width: parent.width; text: sheet.match.errorText; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    buttons: [
        AppButton { quiet: true; text: qsTr("Close"); onClicked: sheet.close() },
        AppButton { quiet: true; enabled: !sheet.match.busy && sheet.match.mediaId !== ""; text: qsTr("It is none of these"); onClicked: sheet.match.forget() }
    ]
}
