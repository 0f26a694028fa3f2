import QtQuick
import Marea

// Asks before something that cannot be undone.
Sheet {
    id: sheet
    property string text: ""
    property string actionText: ""
    property var then: null
    wide: 420
    function ask(title, words, action, what, back) {
        sheet.title = title
        text = words
        actionText = action
        then = what
        show(back)
    }
    Label { width: parent.width; text: sheet.text; color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    first: cancel
    buttons: [
        AppButton { primary: true; text: sheet.actionText; onClicked: { sheet.close(); sheet.then() } },
        AppButton { id: cancel; quiet: true; text: qsTr("Cancel"); onClicked: sheet.close() }
    ]
}
